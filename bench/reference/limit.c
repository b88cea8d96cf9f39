/* The limit: recvmmsg, EVP, and one sendmmsg with UDP segmentation for everything that arrived together.
   usage: limit PORT FIRST_SUBSCRIBER_PORT SUBSCRIBERS. Ends at SIGTERM and prints its cost as JSON. */
#include "common.h"

enum { BATCH = 64 };
static uint8_t in[BATCH][SLOT], plain[BATCH][SLOT];
static uint8_t out[MAX_OUT][BATCH * SLOT];

static struct mmsghdr received_messages[BATCH], messages[MAX_OUT * BATCH];
static struct iovec received_parts[BATCH], parts[MAX_OUT * BATCH];
static struct { _Alignas(struct cmsghdr) char bytes[CMSG_SPACE(sizeof(uint16_t))]; } controls[MAX_OUT * BATCH];

static int message(int count, uint8_t *start, int length, int segment, struct sockaddr_in *to) {
  struct msghdr *header = &messages[count].msg_hdr;
  parts[count] = (struct iovec){start, (size_t)length};
  *header = (struct msghdr){.msg_name = to, .msg_namelen = sizeof *to, .msg_iov = &parts[count], .msg_iovlen = 1};
  if (length > segment) {
    header->msg_control = controls[count].bytes;
    header->msg_controllen = sizeof controls[count].bytes;
    struct cmsghdr *control = CMSG_FIRSTHDR(header);
    control->cmsg_level = SOL_UDP;
    control->cmsg_type = UDP_SEGMENT;
    control->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    *(uint16_t *)(void *)CMSG_DATA(control) = (uint16_t)segment;
  }
  return count + 1;
}

int main(int argc, char **argv) {
  if (argc != 4) return fprintf(stderr, "usage: limit PORT FIRST_SUBSCRIBER_PORT SUBSCRIBERS\n"), 2;
  int fd = udp_socket(atoi(argv[1])), first = atoi(argv[2]), subscribers = atoi(argv[3]);
  struct stream open_in = cipher(KEY_IN, 0), seal_out[MAX_OUT];
  static struct sockaddr_in to[MAX_OUT];
  uint64_t received = 0, forwarded = 0, refused = 0;
  uint32_t sequence = 0, roc_in = 0;
  uint16_t last = 0;
  for (int i = 0; i < subscribers; i++) {
    seal_out[i] = cipher(KEY_OUT, 1);
    to[i] = loopback(first + i);
  }
  for (int i = 0; i < BATCH; i++) {
    received_parts[i] = (struct iovec){in[i], SLOT};
    received_messages[i].msg_hdr = (struct msghdr){.msg_iov = &received_parts[i], .msg_iovlen = 1};
  }
  signal(SIGTERM, stop);
  printf("ready\n");
  fflush(stdout);
  while (!stopped) {
    int n = recvmmsg(fd, received_messages, BATCH, MSG_WAITFORONE, NULL), packets = 0, count = 0;
    static int lengths[BATCH], indices[BATCH];
    for (int i = 0; i < n; i++) {
      int size = (int)received_messages[i].msg_len;
      if (size < HEADER) continue;
      uint16_t seq = (uint16_t)(in[i][2] << 8 | in[i][3]);
      if (seq < last && last - seq > 32768) roc_in++;
      last = seq;
      int length = unseal(&open_in, roc_in, in[i], size, plain[packets]);
      if (length < 0) continue;
      indices[packets] = i;
      lengths[packets++] = length;
    }
    received += (uint64_t)packets;
    for (int s = 0; s < subscribers; s++) {
      uint8_t *at = out[s], *run = at;
      int segment = 0, run_count = 0;
      for (int p = 0; p < packets; p++) {
        rewrite(at, in[indices[p]], s, (uint16_t)(sequence + (uint32_t)p));
        int total = seal(&seal_out[s], (sequence + (uint32_t)p) >> 16, at, plain[p], lengths[p]);
        if (run_count > 0 && (total != segment || at + total - run > 65000 || run_count == 64)) {
          count = message(count, run, (int)(at - run), segment, &to[s]);
          run = at;
          run_count = 0;
        }
        segment = run_count == 0 ? total : segment;
        run_count++;
        at += total;
      }
      if (run_count > 0) count = message(count, run, (int)(at - run), segment, &to[s]);
    }
    for (int done = 0; done < count;) {
      int sent = sendmmsg(fd, messages + done, (unsigned)(count - done), MSG_DONTWAIT);
      if (sent <= 0) { refused += (uint64_t)(count - done); break; }
      done += sent;
    }
    forwarded += (uint64_t)packets * (uint64_t)subscribers;
    sequence += (uint32_t)packets;
  }
  report(received, forwarded, refused);
  return 0;
}
