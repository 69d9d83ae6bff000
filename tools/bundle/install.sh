#!/bin/sh
# 离线安装，不联网：先核对解释器、平台和每个文件，再装到旁边的 tree 中。可重复执行。
#   sh install.sh                        自己找 Python
#   PYTHON=/opt/python/bin/python3 sh install.sh
set -eu
umask 022 # 程序里没有秘密，运行账号要读得到
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
version=$(cat "$here/python-version")
for python in ${PYTHON:-"python$version" python3 python}; do
    said=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    found="${found:+$found、}$python 是 $said"
    [ "$said" = "$version" ] && exec "$python" "$here/install.py"
done
echo "没有安装：这个离线包用于 Python $version，这台机器上没有（${found:-没有找到 Python}）。装上后用 PYTHON=路径 指定它。" >&2
exit 1
