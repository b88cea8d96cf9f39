/**
 * The sockets of the media port, and what the operating system is asked for: datagrams in and out in batches, a wait
 * that another thread may end, and a port that several threads share. Knows nothing of what the datagrams hold.
 *
 * <pre>
 *                   UdpPort (receive into InBatch, send OutBatch, await, wakeUp, steer)
 *                      │
 *       ┌──────────────┴───────────────┐                       chosen at start by MediaPath
 *  PosixUdpPort                   NioUdpPort
 *  recvmmsg, sendmmsg, GSO        DatagramChannel and Selector
 *       │                              │
 *  MessageVector, PosixSocket,    AddressCache, SelectorAlarm
 *  AddressTable, Alarm (timerfd)
 *       │
 *     Posix (java.lang.foreign)
 * </pre>
 *
 * <p>Each port belongs to one thread, but for what {@link dev.parley.sfu.udp.UdpPort} says of {@code wakeUp},
 * {@code steer} and the counters. {@link dev.parley.sfu.udp.KernelSteering} tells the kernel which of the sockets of a
 * shared port an address belongs to. {@link dev.parley.sfu.udp.PosixUdpGroup} is the other way about, thousands of ends
 * of clients on few sockets: the load tester's.
 */
@NullMarked
package dev.parley.sfu.udp;

import org.jspecify.annotations.NullMarked;
