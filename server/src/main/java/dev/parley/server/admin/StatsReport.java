package dev.parley.server.admin;

import dev.parley.server.room.RoomCensus;
import dev.parley.sfu.SfuStats;
import java.util.List;

/**
 * The whole server at one moment; the JSON of {@code /stats}. Counters count up from the start, so that who wants rates
 * subtracts two reports.
 *
 * @param version of Parley
 * @param hotPath which hot path is active, and why
 * @param startedAt milliseconds since 1970
 * @param timestamp milliseconds since 1970
 * @param connections open signalling connections
 * @param reach how clients get to it
 * @param process the process and its JVM
 * @param mediaSocket the kernel's side of the media port
 * @param media the SFU and its lanes
 * @param rooms every room
 */
public record StatsReport(
        String version,
        String hotPath,
        long startedAt,
        long timestamp,
        int connections,
        ReachStats reach,
        ProcessStats process,
        KernelQueue mediaSocket,
        SfuStats media,
        List<RoomCensus> rooms) {}
