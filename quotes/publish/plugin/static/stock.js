/* What Datasette's own pages of our databases lack for screen readers and keyboards. They work without it. */
"use strict";

const NAMES = {
    "select[name^=_filter_column]": "Filter by column",
    "select[name^=_filter_op]": "How to compare",
    "input[name^=_filter_value]": "Value to compare with",
    "select#sort_by": "Sort by column",
    ".CodeMirror textarea, .cm-content": "SQL",
};
document.documentElement.lang ||= "en";
// The editor of SQL comes with the page's own load event: look after that.
window.addEventListener("load", () => setTimeout(() => {
    document.querySelector("section.content")?.setAttribute("role", "main");
    for (const [fields, name] of Object.entries(NAMES)) {
        document.querySelectorAll(fields).forEach((field) => field.setAttribute("aria-label", name));
    }
    // On a phone the descriptions of a table's columns scroll.
    document.querySelector("dl.column-descriptions")?.setAttribute("tabindex", "0");
}));
