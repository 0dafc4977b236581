package org.gradus.report;

import java.util.ArrayList;
import java.util.List;

/** Values that are no numbers, one beside the other; the i-th stands at i. */
record PlacesScale(List<String> labels) implements Scale {
    @Override
    public double position(double value) {
        return value;
    }

    @Override
    public double lower() {
        return -0.5;
    }

    @Override
    public double upper() {
        return labels.size() - 0.5;
    }

    @Override
    public List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            marks.add(new Mark(i, labels.get(i)));
        }
        return List.copyOf(marks);
    }
}
