"""Writing the minutes: the preview that follows the room, edits of paragraphs, reading aloud with objections."""
