package org.gradus.bench;

import java.util.Map;
import java.util.Optional;

/**
 * What was found of a cell.
 *
 * @param memoryBytes of the backend, as planned
 * @param step seconds of a step of the whole batch
 * @param product seconds of as many plain products at the same n and batch; empty where the solver has none
 * @param reference seconds of one product of referenceSize
 * @param record seconds of a record of the product
 * @param factorsRecord seconds of a record with the factors' singular values
 */
public record Measured(
        Cell cell,
        long memoryBytes,
        Sample step,
        Optional<Sample> product,
        Optional<Sample> reference,
        int referenceSize,
        Sample record,
        Optional<Sample> factorsRecord) {

    /** Operations a second of a step; NaN where they are not products. */
    public double stepRate() {
        return product.isPresent() ? cell.operationsPerStep() / step.median() : Double.NaN;
    }

    /** The higher of the rates of products at n and at the reference size. */
    public double productRate() {
        double own =
                product.map(found -> cell.operationsPerStep() / found.median()).orElse(Double.NaN);
        double large = reference
                .map(found -> 2 * Math.pow(referenceSize, 3) / found.median())
                .orElse(own);
        return Math.max(own, large);
    }

    /** What share of the gemm rate a step reaches. */
    public double fraction() {
        return stepRate() / productRate();
    }

    /** Seconds of a step, quartiles, for people. */
    public double[] stepSeconds() {
        return new double[] {step.quantile(0.25), step.median(), step.quantile(0.75)};
    }

    /** Median seconds of a record, without and with the factors' values (NaN where not measured). */
    public double[] recordSeconds() {
        return new double[] {record.median(), factorsRecord.map(Sample::median).orElse(Double.NaN)};
    }

    /** As in the JSON file; docs/formats.md. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = cell.key();
        tree.put("memory_bytes", memoryBytes);
        tree.put("step_seconds", step.tree());
        tree.put("product_seconds", product.map(Sample::tree).orElse(null));
        tree.put("reference_size", referenceSize);
        tree.put("reference_product_seconds", reference.map(Sample::tree).orElse(null));
        tree.put("step_rate", stepRate());
        tree.put("product_rate", productRate());
        tree.put("fraction", fraction());
        tree.put("record_seconds", record.tree());
        tree.put("factors_record_seconds", factorsRecord.map(Sample::tree).orElse(null));
        return tree;
    }
}
