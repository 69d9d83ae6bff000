"""发文登记簿: every paper that took a number, and whether each series of numbers is whole."""
