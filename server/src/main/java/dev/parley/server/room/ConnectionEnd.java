package dev.parley.server.room;

/** How somebody's connection ended without saying goodbye. */
public enum ConnectionEnd {
    /** It was closed or reset: the process may have died, or the network changed. */
    CLOSED,
    /** It stopped answering. */
    SILENT,
    /** The page was closed or is being loaded again; nobody can tell which. */
    PAGE_GONE
}
