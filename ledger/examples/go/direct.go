// Asks the ledger with nothing but Kafka: makes a limit of 10 slots, holds them all, and lets another one wait for them.
//
//	go run . 127.0.0.1:9092
//
// franz-go's default partitioner is murmur2, as the ledger needs it.
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

const (
	replyTopic = "billing-replies"
	patience   = 10 * time.Second
)

type object map[string]any

type directAsker struct {
	kafka   *kgo.Client
	arrived map[string]object
}

func newDirectAsker(ctx context.Context, broker string) (*directAsker, error) {
	kafka, err := kgo.NewClient(kgo.SeedBrokers(broker))
	if err != nil {
		return nil, err
	}
	end, err := makeTopic(ctx, kadm.NewClient(kafka))
	if err != nil {
		return nil, err
	}
	kafka.AddConsumePartitions(map[string]map[int32]kgo.Offset{replyTopic: {0: kgo.NewOffset().At(end)}})
	return &directAsker{kafka, map[string]object{}}, nil
}

// makeTopic makes the topic of the replies unless it is there, and returns the offset that the next reply gets.
func makeTopic(ctx context.Context, admin *kadm.Client) (int64, error) {
	_, err := admin.CreateTopic(ctx, 1, -1, nil, replyTopic)
	if !errors.Is(err, kerr.TopicAlreadyExists) {
		return 0, err
	}
	ends, err := admin.ListEndOffsets(ctx, replyTopic)
	end, _ := ends.Lookup(replyTopic, 0)
	return end.Offset, errors.Join(err, end.Err)
}

// send sends a command. Its reply comes under the id that is returned.
func (asker *directAsker) send(ctx context.Context, command object) (string, error) {
	value, err := json.Marshal(command)
	if err != nil {
		return "", err
	}
	correlationID := newID()
	record := &kgo.Record{
		Topic: "limits.commands",
		Key:   []byte(command["limit"].(string)),
		Value: value,
		Headers: []kgo.RecordHeader{
			{Key: "correlation-id", Value: []byte(correlationID)},
			{Key: "reply-topic", Value: []byte(replyTopic)},
		},
	}
	return correlationID, asker.kafka.ProduceSync(ctx, record).FirstErr()
}

// reply waits for the reply to a command. If none comes, the outcome is unknown: send it again with the same lease id.
func (asker *directAsker) reply(ctx context.Context, correlationID string, wait time.Duration) (object, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for {
		if reply, found := asker.arrived[correlationID]; found {
			delete(asker.arrived, correlationID)
			return reply, nil
		}
		fetches := asker.kafka.PollFetches(ctx)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("no reply within %v", wait)
		}
		fetches.EachRecord(asker.keep)
	}
}

func (asker *directAsker) keep(record *kgo.Record) {
	var reply object
	// Another reply with the same correlation id says how the wait ended.
	if json.Unmarshal(record.Value, &reply) != nil || reply["type"] == "Queued" {
		return
	}
	for _, header := range record.Headers {
		if header.Key == "correlation-id" {
			asker.arrived[string(header.Value)] = reply
		}
	}
}

func (asker *directAsker) ask(ctx context.Context, command object) (object, error) {
	correlationID, err := asker.send(ctx, command)
	if err != nil {
		return nil, err
	}
	return asker.reply(ctx, correlationID, patience)
}

// newID makes a random UUID.
func newID() string {
	id := make([]byte, 16)
	rand.Read(id)
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

func main() {
	broker := "127.0.0.1:9092"
	if len(os.Args) > 1 {
		broker = os.Args[1]
	}
	ctx := context.Background()
	ledger, err := newDirectAsker(ctx, broker)
	must(err)
	defer ledger.kafka.Close()
	show := func(reply object, err error) {
		must(err)
		text, _ := json.Marshal(reply)
		fmt.Println(string(text))
	}
	held, next := newID(), newID()

	show(ledger.ask(ctx, object{"type": "PutLimit", "limit": "database",
		"definition": object{"limit": 10, "slotDecayPerSecond": 0, "active": true}}))
	show(ledger.ask(ctx, object{"type": "AcquireLease", "limit": "database", "leaseId": held,
		"slots": 10, "leaseSeconds": 60}))
	show(ledger.ask(ctx, object{"type": "RenewLease", "limit": "database", "leaseId": held, "leaseSeconds": 300}))

	// Who waits says how long, and how soon it will renew what it is handed: so slots do not wait for a process that
	// is gone.
	waiting, err := ledger.send(ctx, object{"type": "AcquireLease", "limit": "database", "leaseId": next,
		"slots": 1, "leaseSeconds": 60, "waitSeconds": 30, "takeUpSeconds": 10})
	must(err)
	show(ledger.ask(ctx, object{"type": "ReleaseLease", "limit": "database", "leaseId": held}))
	show(ledger.reply(ctx, waiting, 30*time.Second+patience))
	show(ledger.ask(ctx, object{"type": "RenewLease", "limit": "database", "leaseId": next, "leaseSeconds": 60}))
	show(ledger.ask(ctx, object{"type": "ReleaseLease", "limit": "database", "leaseId": next}))
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
