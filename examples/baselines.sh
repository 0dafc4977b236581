#!/bin/sh
# The test error of descent of depth 3 on completion.yaml beside that of estimates without descent, with 2,000, 3,000 and
# 5,000 of the 10,000 entries observed: a line each on standard output, everything else in runs/baselines/ of the working
# directory, where it replaces what an earlier call left. Takes a minute.
set -eu

examples=$(cd "$(dirname "$0")" && pwd -P)
gradus=$examples/../gradus
runs=runs/baselines

# of a baseline: the options after its name
baseline() {
    name=$1
    shift
    "$gradus" --quiet baseline "$examples/completion.yaml" --overwrite --output "$runs/$count-$name" \
        --set "problem.mask.count=$count" "$@" >"$runs/table.txt"
    error=$(sed -n 's/^test error  *//p' "$runs/table.txt")
    printf '%5d entries  %-14s %s\n' "$count" "$name" "$error"
}

for count in 2000 3000 5000; do
    "$gradus" --quiet run "$examples/completion.yaml" --overwrite --no-plots --output "$runs/$count-depth-3" \
        --set "problem.mask.count=$count" --set descent.steps=20000
    # the ninth column of the last row
    error=$(tail -n 1 "$runs/$count-depth-3/trajectory.csv" | cut -d , -f 9)
    printf '%5d entries  %-14s %s\n' "$count" depth-3 "$error"
    baseline nuclear-norm --method nuclear-norm
    baseline soft-impute --method soft-impute # the best of 20 penalties
    baseline truncated-svd --method truncated-svd --rank 5
    baseline depth-1 --method depth-1
done
rm "$runs/table.txt"
