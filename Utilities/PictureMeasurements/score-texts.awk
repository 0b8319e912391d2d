# Counts the pictures whose whole text is right. First file: labels (file,label, several rows of a picture in reading order); second: answers
# (file,text in the same way). Carriage returns and folders before a file's name do not count.
BEGIN { FS = "," }
{ sub(/\r$/, "") }
FNR == 1 { next }
{ name = $1; sub(/^.*\//, "", name) }
NR == FNR { if (!(name in label)) count++; label[name] = label[name] $2; next }
{ answer[name] = answer[name] $2 }
END {
    for (name in label) if (answer[name] == label[name]) right++
    printf "%d of %d, %.3f\n", right, count, right / count
}
