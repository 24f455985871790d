/** Of the daemon, as `status` and the hello tell it; a test holds it equal to package.json. */
export const VERSION = '0.1.0'
