/* The ordinary way, as an event loop with one call per packet does it: recvfrom, EVP, and a sendto for each subscriber.
   usage: ordinary PORT FIRST_SUBSCRIBER_PORT SUBSCRIBERS. Ends at SIGTERM and prints its cost as JSON. */
#include "common.h"

int main(int argc, char **argv) {
  if (argc != 4) return fprintf(stderr, "usage: ordinary PORT FIRST_SUBSCRIBER_PORT SUBSCRIBERS\n"), 2;
  int fd = udp_socket(atoi(argv[1])), first = atoi(argv[2]), subscribers = atoi(argv[3]);
  struct stream open_in = cipher(KEY_IN, 0), seal_out[MAX_OUT];
  struct sockaddr_in to[MAX_OUT];
  uint8_t in[SLOT], plain[SLOT], out[SLOT];
  uint64_t received = 0, forwarded = 0, refused = 0;
  uint32_t sequence = 0;
  for (int i = 0; i < subscribers; i++) {
    seal_out[i] = cipher(KEY_OUT, 1);
    to[i] = loopback(first + i);
  }
  signal(SIGTERM, stop);
  printf("ready\n");
  fflush(stdout);
  uint32_t roc_in = 0;
  uint16_t last = 0;
  while (!stopped) {
    ssize_t n = recvfrom(fd, in, sizeof in, 0, NULL, NULL);
    if (n < HEADER) continue;
    uint16_t seq = (uint16_t)(in[2] << 8 | in[3]);
    if (seq < last && last - seq > 32768) roc_in++;
    last = seq;
    int length = unseal(&open_in, roc_in, in, (int)n, plain);
    if (length < 0) continue;
    received++;
    for (int i = 0; i < subscribers; i++) {
      rewrite(out, in, i, (uint16_t)sequence);
      int total = seal(&seal_out[i], sequence >> 16, out, plain, length);
      if (sendto(fd, out, (size_t)total, MSG_DONTWAIT, (struct sockaddr *)&to[i], sizeof to[i]) == total) forwarded++;
      else refused++;
    }
    sequence++;
  }
  report(received, forwarded, refused);
  return 0;
}
