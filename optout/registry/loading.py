"""The way from brokers.yaml and its overlay to a Registry, through the cache."""

from __future__ import annotations

from pathlib import Path

from optout.registry import cache, strict_yaml
from optout.registry.reading import read_registry
from optout.registry.registry import Registry


def load_registry(packaged: Path, overlay: Path | None = None,
                  cache_folder: Path | None = None) -> Registry:
    """The packaged registry with the person's own corrections laid over it.

    Args:
        packaged: brokers.yaml; never written to.
        overlay: brokers.local.yaml; need not exist.
        cache_folder: where the parsed registry is kept; None keeps nothing.

    Raises:
        InvalidFile: with every problem as `file:line: broker: field: message`.
    """
    files = [(packaged.name, strict_yaml.read_bytes(packaged))]
    if overlay and overlay.exists():
        files.append((overlay.name, strict_yaml.read_bytes(overlay)))
    key = cache.key_of(files)
    kept = cache.fetch(cache_folder, key) if cache_folder else None
    if kept is None:
        reading = read_registry(files)
        reading.refuse_errors()
        kept = cache.Kept(key, reading.checked, reading.brokers)
        if cache_folder:
            cache.keep(cache_folder, kept)
    return Registry({broker.id: broker for broker in kept.brokers}, kept.checked)
