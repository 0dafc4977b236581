package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of several processes that carry a sweep out together, in one directory at the same time or one after the other.
 *
 * @param number from 1
 * @param count of the shards
 */
public record Shard(int number, int count) {
    /** More than any queue's array has. */
    static final int MOST = 100_000;

    /**
     * Reads {@code i/n}.
     *
     * @throws ConfigException if it is not that, or i is not from 1 to n
     */
    public static Shard parse(String text) {
        String place = "--shard " + Quote.line(text) + ": must be i/n, ";
        if (!text.matches("[0-9]{1,9}/[0-9]{1,9}")) {
            throw new ConfigException(place + "such as 2/4: the second of four shards");
        }
        int slash = text.indexOf('/');
        int number = Integer.parseInt(text.substring(0, slash));
        int count = Integer.parseInt(text.substring(slash + 1));
        if (count < 1 || count > MOST) {
            throw new ConfigException(place + "with n from 1 to " + MOST);
        }
        if (number < 1 || number > count) {
            throw new ConfigException(place + "with i from 1 to n");
        }
        return new Shard(number, count);
    }

    /** {@code 2-of-4}. */
    public String name() {
        return number + "-of-" + count;
    }

    /** The names of all shards. */
    public List<String> names() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Shard(i, count).name())
                .toList();
    }

    /**
     * The runs that fall to this shard. All runs in the order of their groups make a line as long as their work; cut into pieces of
     * equal length, it gives each run to the piece where its middle lies. So groups stay together as far as they can, and shards
     * differ by one run's work at most.
     */
    List<SweepGroup> of(List<SweepGroup> groups) {
        double all = groups.stream()
                .mapToDouble(group -> group.work() * group.numbers().size())
                .sum();
        double before = 0;
        List<SweepGroup> own = new ArrayList<>();
        for (SweepGroup group : groups) {
            List<Integer> numbers = new ArrayList<>();
            for (int number : group.numbers()) {
                double middle = before + group.work() / 2;
                before += group.work();
                if (Math.min(count - 1, (int) (middle / all * count)) == this.number - 1) {
                    numbers.add(number);
                }
            }
            if (!numbers.isEmpty()) {
                own.add(group.with(numbers));
            }
        }
        return own;
    }
}
