#!/usr/bin/env bash
# Lists what the libraries make public, one line a symbol, as the compiler sees it.
#   Utilities/public-interface.sh           rewrites Documentation/PublicInterface.txt
#   Utilities/public-interface.sh --check   compares with it, and refuses symbols without documentation
# Reads the modules that `make test` has built; needs jq.
set -euo pipefail
cd "$(dirname "$0")/.."
build=.build/tests/release
list=Documentation/PublicInterface.txt
command -v jq >/dev/null || { echo "jq is missing. Type: sudo apt-get install jq" >&2; exit 1; }
[ -d "$build/Modules" ] || { echo "No modules in $build. Type: make test" >&2; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
package=$(swift package dump-package)
target=$(swiftc -print-target-info)
maps=()
while read -r map; do maps+=(-Xcc "-fmodule-map-file=$PWD/$map"); done < <(find Sources -name module.modulemap)
# A C target whose header serves as its module has a map that the build makes.
while read -r map; do maps+=(-Xcc "-fmodule-map-file=$PWD/$map"); done < <(
    jq -r '.targets[] | select(.type == "regular") | .name' <<<"$package" | while read -r name; do
        source=$(jq -r --arg name "$name" '.targets[] | select(.name == $name) | .path // "Sources/\($name)"' <<<"$package")
        [ ! -f "$source/include/module.modulemap" ] && [ -n "$(find "$source" -name '*.c' -print -quit)" ] &&
            find "$build/$name.build" -name module.modulemap -print -quit || true
    done)

# The libraries: what is built from Swift under Sources/ and is not the program.
modules=$(jq -r '.targets[] | select(.type == "regular" and ((.path // "Sources") | startswith("Sources"))) | .name' <<<"$package" |
    while read -r name; do [ ! -e "$build/Modules/$name.swiftmodule" ] || echo "$name"; done | sort)
for module in $modules; do
    swift-symbolgraph-extract -module-name "$module" -I "$build/Modules" "${maps[@]}" \
        -resource-dir "$(jq -r .paths.runtimeResourcePath <<<"$target")" -target "$(jq -r .target.triple <<<"$target")" \
        -minimum-access-level public -skip-inherited-docs -skip-synthesized-members -output-dir "$scratch"
done

symbols() { jq -r "$2" "$scratch/$1.symbols.json"; }
{
    echo "# What the libraries make public. Made by Utilities/public-interface.sh; CI compares."
    for module in $modules; do
        found=$(symbols "$module" '
            .symbols[] | (.pathComponents[:-1] | join(".")) as $type
            | (.declarationFragments | map(.spelling) | join("") | gsub("\\s+"; " "))
            | if $type == "" then . else "\($type): \(.)" end' | LC_ALL=C sort -u)
        [ -z "$found" ] || printf '\n## %s\n\n%s\n' "$module" "$found"
    done
} >"$scratch/list"

if [ "${1:-}" != --check ]; then
    cp "$scratch/list" "$list"
    echo "Wrote $list: $(grep -c . "$list") lines."
    exit
fi
undocumented=$(for module in $modules; do
    # The compiler writes coding and the like itself, without documentation.
    symbols "$module" '
        .symbols[] | select(.docComment == null and .location != null and .kind.identifier != "swift.extension")
        | select(.names.title | test("^(init\\(from:\\)|encode\\(to:\\)|hash\\(into:\\)|==\\(_:_:\\))$") | not)
        | "\(.pathComponents | join("."))"' | sed "s/^/$module: /"
done)
if [ -n "$undocumented" ]; then
    printf 'Public, but without documentation:\n%s\n' "$undocumented" >&2
    exit 1
fi
if ! diff -u "$list" "$scratch/list"; then
    echo "The public interface has changed. If that is meant, type Utilities/public-interface.sh and commit $list." >&2
    exit 1
fi
echo "The public interface is the one in $list."
