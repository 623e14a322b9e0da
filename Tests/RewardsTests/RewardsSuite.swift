import Testing

@Suite struct RewardsSuite {}
