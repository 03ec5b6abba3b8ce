/** So many days the e-mail of who asked or reported is kept once that is settled. The page on privacy says so. */
export const emailDays = 180;
