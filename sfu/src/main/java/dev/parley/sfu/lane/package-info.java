/**
 * The duty cycle: timers and the transports homed on one thread, between the sockets of {@code udp}. A packet's way through it:
 *
 * <pre>
 *  socket                    Lane (thread, clock, commands) ── turns ──► LaneCore (told time and datagrams)
 *    │
 *    ▼  UdpPort.receive
 *  InBatch
 *    │  LaneCore.receive: Demux by first byte; STUN by its user name, all else by a validated 5-tuple: Directory
 *    │     └── lives on another lane ──► its HandOverRing, taken by that lane in its next turn
 *    ▼
 *  TransportCore ─┬─ STUN ─► IceSide ──► IceLite          answers go to OutBatch at once
 *                 ├─ DTLS ─► DtlsSide ─► DtlsEndpoint     connected → keys → MediaSide
 *                 └─ RTP/RTCP ─► MediaSide
 *                                  │ RTCP ─► RtcpInput ─► ProducerCore (SR) and ConsumerCore (RR, NACK, PLI, FIR)
 *                                  │ RTP  ─► RtpInput ─► RtpListener (SSRC, MID) ─► ProducerCore
 *                                  ▼
 *                            SrtpReceiver decrypts into the PacketRing of the producer's encoding        (copy 1)
 *                                  │ RecvStream: order, loss, jitter, NACK; once a turn:
 *                                  ▼
 *                            ProducerCore ── Bell ─► Audience on each other lane, which does the same there
 *                                  ▼
 *                            Audience.forward ─► each ConsumerCore: Forwarder writes its own header
 *                                  │
 *                                  ▼
 *                            SrtpSender encrypts from the ring into a slot of OutBatch                    (copy 2)
 *                                  │
 *  socket  ◄───── UdpPort.send ────┘   at the end of the same turn
 * </pre>
 *
 * <p>A client over TCP has the same way between its connection's rings: TcpPort (a thread of its own) reads it, FrameReader cuts
 * it into datagrams, TcpInput leaves them in the HandOverRing of the transport's lane; a {@code Path} with a TcpLink takes what was
 * encrypted from the slot into the connection's FrameRing, which TcpPort writes.
 *
 * <p>Two arrows go back: a key-frame request from a ConsumerCore to its ProducerCore, and RTCP inside one transport.
 * Between lanes there are the {@link dev.parley.sfu.lane.Directory}, the rings of packets, and what a {@code LaneMail}
 * holds: bells and handed-over datagrams. Everything in here is sans-IO, told the time and the datagrams, but {@code Lanes},
 * {@code Lane}, {@code Call} and {@code ThreadTime}, which have to do with threads, {@code MediaPorts}, {@code TcpPort} and
 * {@code TcpConnection} with its {@code FrameRing}, which have sockets, {@code KeyLogFile} and {@code SystemClock}.
 */
@NullMarked
package dev.parley.sfu.lane;

import org.jspecify.annotations.NullMarked;
