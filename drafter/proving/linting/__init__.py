"""What is looked at in a library besides what is proved: words, numbers, texts that nothing reaches."""
