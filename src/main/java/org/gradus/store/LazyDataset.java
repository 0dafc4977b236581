package org.gradus.store;

import io.jhdf.WritableDatasetImpl;
import io.jhdf.api.WritableGroup;
import io.jhdf.storage.HdfFileChannel;
import java.util.function.Supplier;

/** A dataset whose numbers are made when it is written and then let go, so that a file never has all of its arrays in memory. */
final class LazyDataset extends WritableDatasetImpl {
    private final Supplier<Object> numbers;

    private LazyDataset(WritableGroup group, String name, Supplier<Object> numbers) {
        super(0L, name, group);
        this.numbers = numbers;
    }

    /** @param numbers gives long[], double[], or double[][] with equal rows, nothing empty */
    static LazyDataset put(WritableGroup group, String name, Supplier<Object> numbers) {
        LazyDataset dataset = new LazyDataset(group, name, numbers);
        group.putDataset(name, dataset);
        return dataset;
    }

    @Override
    public long write(HdfFileChannel channel, long position) {
        WritableDatasetImpl whole = new WritableDatasetImpl(numbers.get(), getName(), getParent());
        getAttributes().forEach((name, attribute) -> whole.putAttribute(name, attribute.getData()));
        return whole.write(channel, position);
    }
}
