#!/bin/bash
# One shard of a sweep for each task of a Slurm job array; docs/cluster.md explains it.
#
#     sbatch --array=1-4 examples/slurm.sh CONFIG.yaml DIR [further options of gradus sweep]
#
# GRADUS: the program, if it is not ./gradus.
#SBATCH --job-name=gradus
#SBATCH --array=1-4
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=04:00:00
#SBATCH --signal=B:TERM@120
#SBATCH --requeue
#SBATCH --open-mode=append
set -eu

config=${1:?CONFIG.yaml is missing: sbatch examples/slurm.sh CONFIG.yaml DIR}
output=${2:?DIR is missing: sbatch examples/slurm.sh CONFIG.yaml DIR}
shift 2

"${GRADUS:-./gradus}" sweep "$config" --output "$output" \
    --shard "${SLURM_ARRAY_TASK_ID}/${SLURM_ARRAY_TASK_COUNT}" \
    --set "compute.threads=${SLURM_CPUS_PER_TASK:-1}" "$@" &
child=$!

# Slurm's warning, by --signal or before a preemption, reaches this shell; Gradus then writes what it has and ends with 143.
warned=
trap 'warned=yes; kill -TERM "$child" 2>/dev/null || true' TERM
status=0
wait "$child" || status=$?
if [ -n "$warned" ]; then
    status=0
    wait "$child" || status=$?
    # 143: there is more to do; the same task goes on when it runs again
    if [ "$status" -eq 143 ]; then
        scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
    fi
fi
exit "$status"
