#!/bin/sh
# Writes data/ratings.csv beside this script, or prints it with the argument -: ratings of 40 films by 60 people,
# user,title,rating,timestamp, to try matrix completion with. Always the same; needs sh and awk only.
#
# The rating of film i by person u is p_u q_i + s_u t_i + noise, to one decimal: a matrix of rank 2 (how generous a person
# and how good a film is; taste) with noise of standard deviation 0.1. p, q are uniform in [1.4, 2], s, t in [-1, 1]. 10 of
# the 40 films are drawn for each person, a quarter of the table.
set -eu

ratings() {
    LC_ALL=C awk '
    # Lehmer: x <- 16807 x mod 2^31-1, exact in double precision (Park and Miller, CACM 31, 1988, p. 1195)
    function uniform() { x = (16807 * x) % 2147483647; return x / 2147483647 }
    # Irwin-Hall: without logarithms, whose last bit differs between machines
    function normal(  k, sum) { for (k = 0; k < 12; k++) sum += uniform(); return sum - 6 }
    function title(i,  adjective, noun) {
        adjective = adjectives[(i - 1) % 8 + 1]; noun = nouns[int((i - 1) / 8) + 1]
        if (i % 4 == 0) return "\"" noun ", The " adjective "\""
        if (i % 7 == 0) return "\"The \"\"" adjective "\"\" " noun "\""
        return "The " adjective " " noun
    }
    BEGIN {
        x = 20240; users = 60; films = 40; each = 10
        split("Silent Golden Broken Distant Crimson Hidden Restless Paper", adjectives, " ")
        split("River Garden Summer Lighthouse Orchestra", nouns, " ")
        for (u = 1; u <= users; u++) { p[u] = 1.4 + 0.6 * uniform(); s[u] = 2 * uniform() - 1 }
        for (i = 1; i <= films; i++) { q[i] = 1.4 + 0.6 * uniform(); t[i] = 2 * uniform() - 1 }
        print "user,title,rating,timestamp"
        for (u = 1; u <= users; u++) {
            for (i = 1; i <= films; i++) order[i] = i
            for (k = 1; k <= each; k++) {
                j = k + int((films - k + 1) * uniform())
                i = order[j]; order[j] = order[k]; order[k] = i
                rating = p[u] * q[i] + s[u] * t[i] + 0.1 * normal()
                printf "u%03d,%s,%.1f,%d\n", u, title(i), rating, 1700000000 + 86400 * u + 60 * k
            }
        }
    }'
}

if [ "${1-}" = - ]; then
    ratings
else
    ratings >"$(dirname "$0")/data/ratings.csv"
fi
