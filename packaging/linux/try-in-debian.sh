#!/bin/sh
# Inside a bare Debian, as root: installs the package beside this file, starts the program as somebody who has never had it,
# ends it as the session's end does, and removes it without a trace.
set -eu
here=$(dirname "$0")

apt-get install --yes --no-install-recommends "$here"/liaison_*.deb

useradd --create-home rep
cat > /opt/start.sh <<'START'
liaison > "$HOME/said" 2>&1 &
program=$!
seconds=0
shown() {
  xwininfo -root -tree | sed -n 's/^ *\(0x[0-9a-f]*\) "Liaison".*/\1/p' | while read -r window; do
    xwininfo -id "$window" -stats | grep 'Map State: IsViewable'
  done
}
until shown | grep --quiet .; do
  seconds=$((seconds + 1))
  if [ "$seconds" -gt 60 ] || ! kill -0 "$program"; then
    echo "There is no window; the program said:"
    cat "$HOME/said"
    exit 1
  fi
  sleep 1
done
echo "A window after $seconds s."
kill -TERM "$program"
wait "$program"
START
su rep --shell /bin/sh --command 'cd && xvfb-run --auto-servernum dbus-run-session -- sh /opt/start.sh'

apt-get purge --yes liaison
left=$(find /usr /etc /var/lib/dpkg/info -name '*liaison*')
if [ -n "$left" ]; then
  echo "Left behind: $left"
  exit 1
fi
