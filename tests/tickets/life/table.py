"""The life of a ticket, written out by hand from the domain page: who may make which move, and from where.

People, one letter each:
    A  who wrote the draft, not an agent        G  an agent
    K  an agent who wrote the draft             E  the agent who holds the ticket, where one does
    R  the requester (who also may approve)     L  a lead
    P  a participant, in copy                   B  a robot
    C  a colleague with sight of its tickets    T  time: what happens by itself
    H  a colleague who may approve              S  a stranger

Columns, the status with what matters beside it:
    draft, approval (the category's), leave (approval that an agent asked for), new,
    queue (open, held by nobody), held (open, held), spoke (open, held, answered by an agent),
    asked (waiting for the requester), waits (waiting for anything else), resolved, closed

In each line `x` is permitted; `.` is not from here; whoever is not named is not permitted, wherever the ticket is.
"""

PEOPLE = "AKRPCHGELBTS"
STATES = ("draft", "approval", "leave", "new", "queue", "held", "spoke", "asked", "waits", "resolved", "closed")
PRESETS = ("expresso", "central", "aprovacao", "avaliacao", "processo", "guiche")

AGENTS = "KGELB"
VOICES = "RPC" + AGENTS
"""Colleagues with sight of the organization's tickets may also reply and answer for the requester."""

# Under the preset guiche.
# move           people      draft appr. leave new   queue held  spoke asked waits resol closed
LIFE = f"""
  submission       AK          x     .     .     .     .     .     .     .     .     .     .
  edition          AK          x     .     .     .     .     .     .     .     .     .     .
  approval         H           .     x     x     .     .     .     .     .     .     .     .
  refusal          H           .     x     x     .     .     .     .     .     .     .     .
  approval_request {AGENTS}    .     .     .     .     x     x     x     .     .     .     .
  overruling       LT          .     x     x     .     .     .     .     .     .     .     .
  withdrawal       {AGENTS}    .     .     x     .     .     .     .     .     .     .     .
  take             {AGENTS}    .     .     .     x     x     x     x     .     .     .     .
  claim            {AGENTS}    .     .     .     x     x     .     .     .     .     .     .
  release          ELBT        .     .     .     .     x     x     x     x     x     .     .
  assignment       {AGENTS}    x     x     x     x     x     x     x     x     x     x     .
  departure        T           .     x     x     x     x     x     x     x     x     x     .
  question         {AGENTS}    .     .     .     x     x     x     x     .     .     .     .
  wait             {AGENTS}    .     .     .     x     x     x     x     .     .     .     .
  resumption       {AGENTS}T   .     .     .     .     .     .     .     x     x     .     .
  reply            {VOICES}    .     x     x     x     x     x     x     x     x     x     .
  thanks           RPC         .     .     .     .     .     .     .     .     .     x     .
  note             {AGENTS}    x     x     x     x     x     x     x     x     x     x     x
  participation    {VOICES}    .     x     x     x     x     x     x     x     x     x     .
  solution         {AGENTS}T   .     .     .     x     x     x     x     x     x     .     .
  first_contact    K           x     .     .     .     .     .     .     .     .     .     .
  confirmation     RC          .     .     .     .     .     .     .     .     .     x     .
  objection        RC          .     .     .     .     .     .     .     .     .     x     .
  reopening        {AGENTS}    .     .     .     .     .     .     .     .     .     x     .
  rating           R           .     .     .     .     .     .     .     .     .     x     x
  closing          T           .     .     .     .     .     .     .     x     x     x     .
  reminder         T           .     .     .     .     .     .     .     x     x     .     .
  due_soon         T           .     .     .     x     x     x     x     x     x     .     .
  breach           T           .     .     .     x     x     x     x     x     x     .     .
  cancellation     R           x     x     x     x     x     x     .     x     x     .     .
  rejection        {AGENTS}    x     .     .     x     x     x     x     .     .     .     .
  merge            {AGENTS}    .     x     x     x     x     x     x     x     x     x     x
  split            {AGENTS}    .     .     .     .     x     x     x     .     .     .     .
  case             {AGENTS}    .     .     .     .     x     x     x     .     .     .     .
  unmerge          {AGENTS}    .     .     .     .     .     .     .     .     .     .     .
  classification   {AGENTS}    .     x     x     x     x     x     x     x     x     x     .
  correction       {AGENTS}T   .     x     x     x     x     x     x     x     x     x     x
  fields           {AGENTS}    .     x     x     x     x     x     x     x     x     x     .
  tags             {AGENTS}    .     x     x     x     x     x     x     x     x     x     x
  related          {AGENTS}    .     x     x     x     x     x     x     x     x     x     x
  follow_up        RPC         .     .     .     .     .     .     .     .     .     x     x
  duplication      R{AGENTS}   x     x     x     x     x     x     x     x     x     x     x
"""

# What the workflow decides, for those whom it binds. A draft nobody else has seen may be dropped under any of them.
# move          people      from       expresso central aprovacao avaliacao processo guiche
CHOICES = f"""
  reply         RPC         resolved   .        x       .         .         x        x
  reply         {AGENTS}    resolved   x        x       x         x         x        x
  thanks        RPC         resolved   .        x       .         .         x        x
  confirmation  RC          resolved   .        .       x         .         .        x
  objection     RC          resolved   .        .       x         x         .        x
  rating        R           resolved   .        .       .         x         .        x
  rating        R           closed     .        .       x         x         .        x
  cancellation  R           draft      x        x       x         x         x        x
  cancellation  R           new        .        .       .         x         .        x
  cancellation  R           queue      .        .       .         x         .        x
  cancellation  R           spoke      .        .       .         .         .        .
  cancellation  R           asked      .        .       .         x         .        x
  cancellation  R           waits      .        .       .         x         .        x
  duplication   R           closed     .        .       .         x         .        x
  duplication   {AGENTS}    closed     x        x       x         x         x        x
"""


def lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]
