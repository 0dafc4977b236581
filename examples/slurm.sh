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
#SBATCH --signal=B:USR1@120
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

# USR1 is Slurm's warning of the time limit: Gradus writes what it has and ends with 143, and the task runs again, going on.
# TERM comes with a preemption, after which Slurm itself requeues, and with scancel, after which nobody should.
warned=
trap 'warned=yes; kill -TERM "$child" 2>/dev/null || true' USR1
trap 'kill -TERM "$child" 2>/dev/null || true' TERM
status=0
wait "$child" || status=$?
# a trap ends the wait before the child has ended
while kill -0 "$child" 2>/dev/null; do
    status=0
    wait "$child" || status=$?
done
if [ -n "$warned" ] && [ "$status" -eq 143 ]; then
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
fi
exit "$status"
