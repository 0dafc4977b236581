package org.gradus.store;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Distinct texts, numbered from 0 in the order of their first appearance. */
final class Ids {
    /** A table's node and slot, a boxed number, a text's object and the head of its characters. */
    private static final int BYTES_PER_ID = 160;

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");

    private final Map<String, Integer> numbers = new HashMap<>();
    private long characters;

    int numberOf(String id) {
        Integer number = numbers.get(id);
        if (number == null) {
            number = numbers.size();
            numbers.put(id, number);
            characters += id.length();
        }
        return number;
    }

    int count() {
        return numbers.size();
    }

    /** An estimate of the memory taken, upwards. */
    double bytes() {
        return (double) BYTES_PER_ID * count() + 2.0 * characters;
    }

    /** The ids in the order of their numbers. */
    String[] byNumber() {
        String[] ids = new String[count()];
        numbers.forEach((id, number) -> ids[number] = id);
        return ids;
    }

    /** By value, and by text where values agree, as 7 and 07 do, if all ids are integers; otherwise as they appeared. */
    List<String> ordered() {
        String[] ids = byNumber();
        if (Arrays.stream(ids).allMatch(id -> INTEGER.matcher(id).matches())) {
            record Integral(BigInteger value, String id) {}
            ids = Arrays.stream(ids)
                    .map(id -> new Integral(new BigInteger(id), id))
                    .sorted(Comparator.comparing(Integral::value).thenComparing(Integral::id))
                    .map(Integral::id)
                    .toArray(String[]::new);
        }
        return List.of(ids);
    }

    /** For each number the place of its id in another order. */
    int[] placesIn(List<String> order) {
        int[] places = new int[count()];
        for (int place = 0; place < places.length; place++) {
            places[numbers.get(order.get(place))] = place;
        }
        return places;
    }
}
