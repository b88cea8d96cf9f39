# Finds a JDK; to be sourced by the scripts `run` and `test`. Plain sh. Sets java_home, or prints why not and returns 1.

java_needed=25

# The feature version ("25") of the JDK in a folder; nothing when there is no JDK with a compiler.
java_version_of() {
    [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" | head -n 1
    else
        "$1/bin/java" -XshowSettings:properties -version 2>&1 |
            sed -n 's/^ *java.specification.version = \([0-9]*\).*/\1/p'
    fi
}

java_suits() {
    java_version=$(java_version_of "$1")
    [ -n "$java_version" ] && [ "$java_version" -ge "$java_needed" ]
}

find_java() {
    if [ -n "${PARLEY_JAVA_HOME:-}" ]; then
        java_home=$PARLEY_JAVA_HOME
        java_suits "$java_home" && return
        echo "PARLEY_JAVA_HOME is $PARLEY_JAVA_HOME, which is not a JDK $java_needed or newer: correct it or unset it." >&2
        return 1
    fi
    java_on_path=$(command -v javac 2>/dev/null || true)
    [ -z "$java_on_path" ] ||
        java_on_path=$(dirname -- "$(dirname -- "$(readlink -f -- "$java_on_path" 2>/dev/null || printf %s "$java_on_path")")")
    for java_home in "${JAVA_HOME:-}" "$java_on_path" /usr/lib/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* \
        /opt/*jdk* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
        [ -n "$java_home" ] && java_suits "$java_home" && return
    done
    echo "No JDK $java_needed or newer found in PARLEY_JAVA_HOME, JAVA_HOME, PATH, /usr/lib/jvm and other usual folders.
Install one (for example \"apt-get install openjdk-$java_needed-jdk\", or Temurin from https://adoptium.net/)
or set PARLEY_JAVA_HOME to the folder of one." >&2
    return 1
}
