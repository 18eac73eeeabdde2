"""A picture of a statement's drift to put in an article: one layout, painted as SVG and as PNG.

`told` chooses what is shown, `layout` places it, `setting` breaks its lines with the widths that `letters`
measures, `svg` and `png` paint it. The same statement gives the same bytes.
"""
