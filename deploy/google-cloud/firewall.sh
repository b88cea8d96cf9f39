#!/bin/sh
# Opens Parley's ports in Google Cloud: firewall.sh [NETWORK]. Run it once for a project; the ports are those of the defaults.
# coturn's relay ports (20000-20999) stay closed: it relays to the machine itself alone.
set -eu
network=${1:-default}

rule() { # rule NAME PROTOCOLS-AND-PORTS
    gcloud compute firewall-rules create "$1" --network="$network" --direction=INGRESS --action=ALLOW --priority=1000 \
        --source-ranges=0.0.0.0/0 --rules="$2"
}

rule parley-web tcp:3000
rule parley-media udp:40000,tcp:40000
rule parley-turn udp:3478,tcp:3478,tcp:5349
