package dev.parley.sfu.engine.audio;

/**
 * How loud a source was on average.
 *
 * @param source whom it is about
 * @param dbov the level relative to the overload point, −127 (silence) to 0 (as loud as can be)
 */
public record AudioVolume<S>(S source, int dbov) {}
