"""The pages of the 发文登记簿."""
