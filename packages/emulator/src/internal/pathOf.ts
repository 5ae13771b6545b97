/** The path of a request's URL as it was sent, without parsing: the URL of a Request is in its normal form already. */
export function pathOf(url: string): string {
  const path = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.slice(path).search(/[?#]/);
  return end === -1 ? url.slice(path) : url.slice(path, path + end);
}
