package org.gradus.backend;

/** op(A) of a product: A itself or its transpose. */
public enum Transpose {
    NO,
    YES
}
