// Package billing talks to the billing service.
package billing

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Client calls the billing service over HTTP. It is safe for concurrent use.
type Client struct {
	base  string
	token string
	http  *http.Client
}

// NewClient makes a client whose requests time out after ten seconds.
func NewClient(base, token string) *Client {
	return &Client{base: base, token: token, http: &http.Client{Timeout: 10 * time.Second}}
}

// Invoice is one invoice as the service sends it.
type Invoice struct {
	Number     string `json:"number"`
	TotalCents int64  `json:"totalCents"`
}

// Invoice fetches one invoice. An unknown number gives ErrNotFound, any other status an error that names the status.
func (c *Client) Invoice(ctx context.Context, number string) (*Invoice, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/invoices/"+number, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("fetch invoice %s: %w", number, err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotFound {
		return nil, ErrNotFound
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch invoice %s: status %d", number, response.StatusCode)
	}
	var invoice Invoice
	return &invoice, json.NewDecoder(response.Body).Decode(&invoice)
}
