# Counts the digits of photographed grids of 9×9 cells. First file: cells.csv (file, corners, who wrote each cell); second: grids.csv (file,
# 81 digits, 0 for none); third: answers, a row for each digit: file, digit, column and row of its middle, in pixels.
# A digit counts as found where its middle lies in a cell that has one, and as false where it lies in an empty cell, beside the grid, or in
# a cell that has one already.
BEGIN { FS = "," }
{ sub(/\r$/, ""); name = $1; sub(/^.*\//, "", name) }
FNR == 1 { part++ ; if (part < 3) next }
part == 1 {
    split($2, c, " ")
    for (i = 1; i <= 8; i++) corner[name, i] = c[i]
    next
}
part == 2 {
    for (i = 1; i <= 81; i++) if (substr($2, i, 1) != "0") count++
    grid[name] = $2
    next
}
name in grid {
    cell = place(name, $3, $4)
    truth = cell ? substr(grid[name], cell, 1) : "0"
    if (truth == "0" || (name, cell) in seen) { false_ones++; next }
    seen[name, cell] = 1
    found++
    if (truth == $2) right++
}
END {
    printf "%d of %d digits found and read, %.3f; %d found and read as others; %d false ones, %.3f of all found\n",
        right, count, right / count, found - right, false_ones, false_ones / (found + false_ones)
}
# The number of the cell, from 1, in which a point lies; 0 where it lies beside the grid. The grid is a square seen in perspective
# (P. Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989).
function place(name, x, y,    x0, y0, x1, y1, x2, y2, x3, y3, dx1, dx2, dy1, dy2, sx, sy, det, a, b, c, d, e, f, g, h, w, u, v) {
    x0 = corner[name, 1]; y0 = corner[name, 2]; x1 = corner[name, 3]; y1 = corner[name, 4]
    x2 = corner[name, 5]; y2 = corner[name, 6]; x3 = corner[name, 7]; y3 = corner[name, 8]
    dx1 = x1 - x2; dx2 = x3 - x2; dy1 = y1 - y2; dy2 = y3 - y2
    sx = x0 - x1 + x2 - x3; sy = y0 - y1 + y2 - y3
    det = dx1 * dy2 - dx2 * dy1
    g = (sx * dy2 - dx2 * sy) / det; h = (dx1 * sy - sx * dy1) / det
    a = x1 - x0 + g * x1; b = x3 - x0 + h * x3; c = x0
    d = y1 - y0 + g * y1; e = y3 - y0 + h * y3; f = y0
    # The inverse map, up to a factor.
    u = (e - f * h) * x + (c * h - b) * y + (b * f - c * e)
    v = (f * g - d) * x + (a - c * g) * y + (c * d - a * f)
    w = (d * h - e * g) * x + (b * g - a * h) * y + (a * e - b * d)
    u = 9 * u / w; v = 9 * v / w
    return u < 0 || u >= 9 || v < 0 || v >= 9 ? 0 : int(v) * 9 + int(u) + 1
}
