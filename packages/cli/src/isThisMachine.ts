/** Whether a URL names this machine by its loopback: an emulator's control token goes nowhere else. */
export const isThisMachine = ({ hostname }: URL): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
