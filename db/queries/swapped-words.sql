-- Words most often swapped
SELECT words_before, words_after, statement_count, outlet_count
  FROM word_swaps
 WHERE :word = '' OR words_before = :word COLLATE NOCASE OR words_after = :word COLLATE NOCASE
 ORDER BY statement_count DESC
 LIMIT 200
