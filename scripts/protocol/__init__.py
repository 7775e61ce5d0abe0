"""What docs/protocol.md is made of: the contract in words (`contract.md`, `results.md`), records, commands."""
