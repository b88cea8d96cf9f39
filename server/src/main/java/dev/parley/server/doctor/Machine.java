package dev.parley.server.doctor;

import java.time.Instant;
import java.util.OptionalLong;

/** What the doctor asks of the machine; tests tell it of sick ones. */
interface Machine {
    /** The wall clock. */
    Instant now();

    /** The most bytes that a UDP socket may queue for receiving; empty where that cannot be told. */
    OptionalLong receiveBufferLimit();

    /** How many file descriptors a server that is started now may have; empty where that cannot be told. */
    OptionalLong fileDescriptorLimit();

    /** Bytes that are free where the data folder is, or −1. */
    long freeSpace(java.nio.file.Path folder);
}
