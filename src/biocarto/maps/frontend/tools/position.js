/** One's own position, where the browser gives it. */

/* From the frame, or from the page around it where only that one may ask. */
export const findDevice = () => {
  const rules = document.featurePolicy;
  try {
    return (!rules || rules.allowsFeature("geolocation") ? navigator : parent.navigator).geolocation;
  } catch {
    return undefined;
  }
};

/** Why there is no position. @typedef {"refused" | "unavailable"} Refusal */

/**
 * Ask for it, once.
 * @param {Geolocation} device
 * @param {(lat: number, lng: number) => void} found
 * @param {(why: Refusal) => void} refused
 */
export const askPosition = (device, found, refused) => {
  device.getCurrentPosition(
    ({ coords: { latitude, longitude } }) => found(latitude, longitude),
    ({ code }) => refused(code === 1 ? "refused" : "unavailable"),
    { timeout: 15000, maximumAge: 60000 },
  );
};
