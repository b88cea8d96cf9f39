package dev.parley.server;

import java.util.Optional;

/** Which Parley this is. */
public final class Version {
    /** As in the jar's manifest, such as {@code 0.1.0}. */
    public static final String TEXT = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(development build)");

    private Version() {}
}
