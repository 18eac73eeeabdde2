-- Outlets of another database; those without an article are dropped when statements are derived.
INSERT INTO main.outlets (id, name, domain)
SELECT id, name, domain FROM other.outlets WHERE true
ON CONFLICT (id) DO UPDATE SET domain = coalesce(domain, excluded.domain)
