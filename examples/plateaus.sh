#!/bin/sh
# Depths 2, 3 and 4 of plateaus.yaml, each exactly (modes) and densely, into runs/plateaus/ of the working directory, and
# runs/plateaus/plateaus.svg: predicted bands, exact and dense curves. Replaces what an earlier call left there.
set -eu

examples=$(cd "$(dirname "$0")" && pwd -P)
gradus=$examples/../gradus
runs=runs/plateaus
set --

for depth in 2 3 4; do
    for solver in modes dense; do
        directory=$runs/depth-$depth
        [ "$solver" = modes ] || directory=$directory-dense
        "$gradus" --quiet run "$examples/plateaus.yaml" --overwrite --output "$directory" \
            --set "factors.depth=$depth" --set "descent.solver=$solver"
        set -- "$@" "$directory"
    done
done
"$gradus" compare "$@" -o "$runs/plateaus.svg"
