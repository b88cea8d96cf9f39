/* What both reference forwarders share: arguments, SRTP (AEAD_AES_128_GCM, RFC 7714) on EVP, and the report of their cost. */
#ifndef PARLEY_REFERENCE_COMMON_H
#define PARLEY_REFERENCE_COMMON_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEADER = 20, TAG = 16, SLOT = 2048, MAX_OUT = 256 };

/* A master key and salt, and the session's made of them. Both sides know these; nothing here is secret. */
static const uint8_t KEY_IN[17] = "parley-bench-in!";
static const uint8_t KEY_OUT[17] = "parley-bench-out";
static const uint8_t SALT[13] = "parley-salt!";
struct stream { EVP_CIPHER_CTX *context; uint8_t salt[12]; };

static volatile sig_atomic_t stopped;
static void stop(int signal_number) { (void)signal_number; stopped = 1; }

static void fail(const char *what) { perror(what); exit(1); }

/* RFC 3711, 4.3.3: the key stream of AES in counter mode from the salt, in which the label stands at byte 7. */
static void derive(const uint8_t *key, uint8_t label, uint8_t *out, int length) {
  static const uint8_t zeros[16];
  uint8_t counter[16] = {0};
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  int n;
  memcpy(counter, SALT, 12);
  counter[7] ^= label;
  if (!context || EVP_EncryptInit_ex(context, EVP_aes_128_ctr(), NULL, key, counter) != 1 ||
      EVP_EncryptUpdate(context, out, &n, zeros, length) != 1)
    fail("derive");
  EVP_CIPHER_CTX_free(context);
}

/* The keys of SRTP have the labels 0 (encryption) and 2 (salt). */
static struct stream cipher(const uint8_t *master, int encrypt) {
  struct stream stream = {EVP_CIPHER_CTX_new(), {0}};
  uint8_t key[16];
  derive(master, 0, key, sizeof key);
  derive(master, 2, stream.salt, sizeof stream.salt);
  if (!stream.context || EVP_CipherInit_ex(stream.context, EVP_aes_128_gcm(), NULL, key, NULL, encrypt) != 1)
    fail("cipher");
  return stream;
}

/* The IV of RFC 7714, 8.1, for a packet whose roll-over counter is roc. */
static void packet_iv(uint8_t *iv, const uint8_t *salt, const uint8_t *header, uint32_t roc) {
  memcpy(iv, salt, 12);
  for (int i = 0; i < 4; i++) iv[2 + i] ^= header[8 + i];
  for (int i = 0; i < 4; i++) iv[6 + i] ^= (uint8_t)(roc >> (24 - 8 * i));
  iv[10] ^= header[2];
  iv[11] ^= header[3];
}

/* Header at out, payload appended encrypted, then the tag. Returns the packet's length. */
static int seal(const struct stream *stream, uint32_t roc, uint8_t *out, const uint8_t *payload, int length) {
  EVP_CIPHER_CTX *context = stream->context;
  uint8_t iv[12];
  int n;
  packet_iv(iv, stream->salt, out, roc);
  if (EVP_CipherInit_ex(context, NULL, NULL, NULL, iv, -1) != 1 ||
      EVP_CipherUpdate(context, NULL, &n, out, HEADER) != 1 ||
      EVP_CipherUpdate(context, out + HEADER, &n, payload, length) != 1 ||
      EVP_CipherFinal_ex(context, out + HEADER + length, &n) != 1 ||
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG, out + HEADER + length) != 1)
    fail("seal");
  return HEADER + length + TAG;
}

/* Returns the payload's length, or -1 for a packet that is not authentic. */
static int unseal(const struct stream *stream, uint32_t roc, uint8_t *packet, int length, uint8_t *payload) {
  EVP_CIPHER_CTX *context = stream->context;
  uint8_t iv[12];
  int n, plain = length - HEADER - TAG;
  if (plain < 0) return -1;
  packet_iv(iv, stream->salt, packet, roc);
  if (EVP_CipherInit_ex(context, NULL, NULL, NULL, iv, -1) != 1 ||
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, TAG, packet + length - TAG) != 1 ||
      EVP_CipherUpdate(context, NULL, &n, packet, HEADER) != 1 ||
      EVP_CipherUpdate(context, payload, &n, packet + HEADER, plain) != 1)
    return -1;
  return EVP_CipherFinal_ex(context, payload + plain, &n) == 1 ? plain : -1;
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static int udp_socket(int port) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0), size = 4 << 20;
  struct sockaddr_in address = loopback(port);
  struct timeval timeout = {.tv_usec = 100000};
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address)) fail("bind");
  return fd;
}

/* What makes an outgoing packet a subscriber's own: SSRC, sequence number, and a time stamp in the extension. */
static void rewrite(uint8_t *out, const uint8_t *in, int subscriber, uint16_t sequence) {
  memcpy(out, in, HEADER);
  out[2] = (uint8_t)(sequence >> 8);
  out[3] = (uint8_t)sequence;
  out[11] = (uint8_t)subscriber;
}

static void report(uint64_t in, uint64_t out, uint64_t refused) {
  struct timespec cpu;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  printf("{\"received\":%llu,\"forwarded\":%llu,\"refused\":%llu,\"cpuNanos\":%llu}\n", (unsigned long long)in,
         (unsigned long long)out, (unsigned long long)refused,
         (unsigned long long)cpu.tv_sec * 1000000000ull + (unsigned long long)cpu.tv_nsec);
}
#endif
