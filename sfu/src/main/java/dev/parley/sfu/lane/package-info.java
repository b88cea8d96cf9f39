/**
 * The duty cycle: sockets, timers and the transports homed on one thread. A packet's way through it:
 *
 * <pre>
 *  socket                    Lane (thread, clock, commands) ── turns ──► LaneCore (told time and datagrams)
 *    │
 *    ▼  NioUdpPort.receive
 *  InBatch
 *    │  LaneCore.receive: Demux by first byte; STUN by its user name, all else by a validated 5-tuple
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
 *                            ProducerCore.forward ─► each ConsumerCore: Forwarder writes its own header
 *                                  │
 *                                  ▼
 *                            SrtpSender encrypts from the ring into a slot of OutBatch                    (copy 2)
 *                                  │
 *  socket  ◄── NioUdpPort.send ────┘   at the end of the same turn
 * </pre>
 *
 * <p>Three arrows go back: a key-frame request from a ConsumerCore to its ProducerCore, RTCP inside one transport,
 * and nothing else yet. Everything in here but {@code Lane}, {@code NioUdpPort}, {@code SystemClock} and
 * {@code CommandQueue} is sans-IO.
 */
@NullMarked
package dev.parley.sfu.lane;

import org.jspecify.annotations.NullMarked;
