/** Lets a worker take the messages that came in meanwhile. */
export const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
