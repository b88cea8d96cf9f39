package dev.parley.server.config;

import java.nio.file.Path;

/**
 * A certificate that somebody else looks after.
 *
 * @param chain PEM, the server's certificate first
 * @param key PEM, unencrypted
 */
public record CertificateFiles(Path chain, Path key) {}
