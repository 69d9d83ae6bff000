"""Published texts (反馈意见、整改方案、工作要点) read into drafts, each with its source."""
