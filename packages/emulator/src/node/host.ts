/**
 * Whether a request names a host this server may be asked as: a loopback name or the host it was bound to. A web page
 * that makes its own name resolve to 127.0.0.1 sends that name here, and is refused (DNS rebinding).
 */
export function isAllowedHost(header: string | undefined, boundHost: string): boolean {
  const name = hostname(header ?? "");
  if (name === undefined) return false;
  return isLoopback(name) || name === boundHost.replace(/^\[|\]$/g, "").toLowerCase();
}

/** The name without port and brackets; nothing where the header is no host at all. */
function hostname(header: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header);
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

function isLoopback(name: string): boolean {
  return name === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}
